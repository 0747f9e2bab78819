/**
 * Runs Lighthouse on each page: on a simulated phone with slow 4G and with slow 3G, and on a desktop. Reads what to measure from the standard input and
 * writes one line of JSON per run: the page, the form factor, the scores and the metrics.
 */

import { text } from 'node:stream/consumers'

import lighthouse, { desktopConfig } from 'lighthouse'
import puppeteer from 'puppeteer-core'

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo']
const METRICS = {
  cls: 'cumulative-layout-shift',
  fcp: 'first-contentful-paint',
  lcp: 'largest-contentful-paint',
  tbt: 'total-blocking-time',
}
const SLOW_3G = { rttMs: 400, throughputKbps: 400, cpuSlowdownMultiplier: 4 } // as in the browser's developer tools
const slow3G = { extends: 'lighthouse:default', settings: { throttling: SLOW_3G } }
const CONFIGS = { phone: undefined, desktop: desktopConfig, slow3G }

const { site, chromium, flags, session, pages, runs } = JSON.parse(await text(process.stdin))
const browser = await puppeteer.launch({ executablePath: chromium, args: flags })
try {
  for (let run = 0; run < runs; run++) {
    for (const [form, config] of Object.entries(CONFIGS)) {
      for (const page of pages) console.log(JSON.stringify({ ...(await measure(page, config)), form }))
    }
  }
} finally {
  await browser.close()
}

/** In a browser context of its own: nothing is cached, and storage holds no more than the session. */
async function measure({ name, path, isSignedIn }, config) {
  const context = await browser.createBrowserContext()
  try {
    const page = await context.newPage()
    await page.goto(`${site}/healthz`)
    if (isSignedIn) await page.evaluate(([key, value]) => localStorage.setItem(key, value), session)
    const options = { disableStorageReset: true, onlyCategories: CATEGORIES, logLevel: 'error' }
    const { lhr } = await lighthouse(site + path, options, config, page)
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message)
    const scores = CATEGORIES.map((category) => [category, Math.round(lhr.categories[category].score * 100)])
    const metrics = Object.entries(METRICS).map(([metric, audit]) => [metric, lhr.audits[audit].numericValue])
    const failed = Object.values(lhr.audits).filter(({ score }) => score !== null && score < 0.9)
    return { page: name, ...Object.fromEntries([...scores, ...metrics]), failed: failed.map(({ id }) => id) }
  } finally {
    await context.close()
  }
}
