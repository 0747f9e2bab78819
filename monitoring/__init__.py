"""What operators scrape: the metrics of each kind of process, the files that processes share, and the admin port."""
