"""uvicorn, tried with 0.54.0 (httptools 0.9, websockets 17.4).

Documented are `uvicorn.Config`, `uvicorn.Server`, their settings, and that `http=` and `ws=` take a class. Everything
else that the web process needs of it stands here: docs/adr/0005-uvicorn-subclassed.md says why.
"""
