import { observedFetch } from './network'

// For the console. Users see the text of the network error.
/* eslint-disable lingui/no-unlocalized-strings */
const FAILED = 'The upload failed.'
const CANCELLED = 'The upload was cancelled.'
/* eslint-enable */

/**
 * Returns a `fetch` for one upload, which reports how much of the request is sent, from 0 to 1. The browser's own `fetch`
 * does not report it: https://github.com/whatwg/fetch/issues/607
 */
export function createUploadFetch(onProgress: (part: number) => void, signal: AbortSignal): typeof fetch {
  return (input, init) => observedFetch(() => send(input as string, init ?? {}, onProgress, signal))
}

function send(url: string, init: RequestInit, onProgress: (part: number) => void, signal: AbortSignal) {
  return new Promise<Response>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(init.method ?? 'POST', url)
    new Headers(init.headers).forEach((value, name) => request.setRequestHeader(name, value))
    request.upload.onprogress = ({ loaded, total }) => total > 0 && onProgress(loaded / total)
    request.onload = () => resolve(new Response(request.responseText, responseInit(request)))
    request.onerror = () => reject(new TypeError(FAILED))
    request.onabort = () => reject(new DOMException(CANCELLED, 'AbortError'))
    signal.addEventListener('abort', () => request.abort())
    if (signal.aborted) return reject(new DOMException(CANCELLED, 'AbortError'))
    request.send(init.body as XMLHttpRequestBodyInit)
  })
}

function responseInit(request: XMLHttpRequest): ResponseInit {
  const { status, statusText } = request
  return { status, statusText, headers: { 'content-type': request.getResponseHeader('content-type') ?? '' } }
}
