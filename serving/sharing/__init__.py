"""What other sites, feed readers and search engines get. All of it is public, and none of it needs a session."""
