"""Spans of requests, operations, commands and tasks. Without a tracer, they cost a comparison and load no library."""
