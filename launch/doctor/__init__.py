"""`tweeter doctor`: looks at everything that the settings name, and says what to do."""
