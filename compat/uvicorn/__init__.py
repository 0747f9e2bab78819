"""uvicorn, tried with 0.54.0 (httptools 0.9, websockets 17.4).

uvicorn documents `uvicorn.Config`, `uvicorn.Server`, their settings, and that `http=` and `ws=` take a class. This
package holds everything else that the web process uses of it. docs/adr/0005-uvicorn-subclassed.md says why.
"""
