/** Unsent input of forms, kept by this tab over reloads, for the signed-in account only. */

import { currentSession } from '@/session/session'

const KEY = 'tweeter.typed'

type Values = Record<string, string>

interface Kept {
  owner: string | null
  forms: Record<string, Values>
}

/** What was typed into a form, by the names of its fields; null if nothing was. */
export function typedInto(form: string): Values | null {
  return read().forms[form] ?? null
}

export function keepTyped(form: string, values: Values): void {
  write({ ...read().forms, [form]: values })
}

export function forgetTyped(form: string): void {
  const { [form]: _, ...others } = read().forms
  write(others)
}

function read(): Kept {
  const owner = currentSession()?.alias ?? null
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
    if (isKept(kept) && kept.owner === owner) return kept
  } catch {
    // as if nothing had been kept
  }
  return { owner, forms: {} }
}

function write(forms: Kept['forms']): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ owner: currentSession()?.alias ?? null, forms }))
  } catch {
    return
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null || !('owner' in value) || !('forms' in value)) return false
  const { forms } = value
  if (typeof forms !== 'object' || forms === null) return false
  return Object.values(forms).every(
    (values: unknown) =>
      typeof values === 'object' && values !== null && Object.values(values).every((text) => typeof text === 'string'),
  )
}
