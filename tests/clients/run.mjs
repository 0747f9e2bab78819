// One scenario of a client against a live server: `node run.mjs CLIENT SCENARIO WORLD`, the world as JSON (see world.mjs).
// Prints, as JSON, what the scenario returns, and what the client warned of.
import { World } from './world.mjs'

const WITHIN_MS = 60_000

const [client, scenario, given] = process.argv.slice(2)
const warnings = []
for (const level of ['warn', 'error']) console[level] = (...words) => warnings.push(words.map(String).join(' '))
setTimeout(() => {
  console.log(`${client} ${scenario} took longer than ${WITHIN_MS} ms`, ...warnings)
  process.exit(1)
}, WITHIN_MS)
const scenarios = await import(`./${client}.mjs`)
const seen = await scenarios[scenario](new World(JSON.parse(given)))
process.stdout.write(JSON.stringify({ seen, warnings }), () => process.exit(0)) // with whatever the client keeps open
