"""A minimal program that `tweeter up` accepts as a healthy web process."""

import os
from http.server import BaseHTTPRequestHandler, HTTPServer


class Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()


HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Page).serve_forever()
