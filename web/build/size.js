/** Prints the size of what a browser loads for the first page, and fails if it is above the budget. */

import { readFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const BUDGET_KB = 150 // of JavaScript, compressed with Brotli
const MAX_REQUESTS = 15
const PAGE = 'index.html'
const DIST = new URL('../dist/', import.meta.url)

const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', DIST), 'utf8'))

/** Returns the files of a chunk and of all chunks that it imports statically. */
function filesOf(key, found = new Set()) {
  const chunk = manifest[key]
  if (!chunk) throw new Error(`web/dist has no ${key}; run npm run build`)
  if (found.has(chunk.file)) return found
  found.add(chunk.file)
  for (const file of chunk.css ?? []) found.add(file)
  for (const imported of chunk.imports ?? []) filesOf(imported, found)
  return found
}

const files = [...filesOf(PAGE)].sort()
const requests = files.length + 1 // the page itself
const kB = (bytes) => (bytes / 1000).toFixed(1).padStart(8)
const total = { js: { gzip: 0, brotli: 0 }, css: { gzip: 0, brotli: 0 } }

console.log('    gzip  brotli  kB')
for (const file of files) {
  const content = readFileSync(new URL(file, DIST))
  const size = { gzip: gzipSync(content, { level: 9 }).length, brotli: brotliCompressSync(content).length }
  const sum = file.endsWith('.css') ? total.css : total.js
  sum.gzip += size.gzip
  sum.brotli += size.brotli
  console.log(`${kB(size.gzip)}${kB(size.brotli)}  ${file}`)
}
for (const [kind, sum] of Object.entries(total)) console.log(`${kB(sum.gzip)}${kB(sum.brotli)}  ${kind} in all`)
console.log(`${requests} requests`)

if (total.js.brotli > BUDGET_KB * 1000) {
  console.error(`The first load is above its budget of ${BUDGET_KB} kB of JavaScript.`)
  process.exitCode = 1
}
if (requests > MAX_REQUESTS) {
  console.error(`The first load takes more than ${MAX_REQUESTS} requests.`)
  process.exitCode = 1
}
