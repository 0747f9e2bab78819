/** Unsaved input of forms. Each tab keeps it over reloads, for the signed-in account only. */

import { currentSession } from '@/session/session'

const KEY = 'tweeter.typed'

type Values = Record<string, string>

interface SavedForms {
  owner: string | null
  forms: Record<string, Values>
}

/** Returns the unsaved input of a form by the names of its fields, or null if there is none. */
export function readUnsavedInput(form: string): Values | null {
  return readForms().forms[form] ?? null
}

export function saveUnsavedInput(form: string, values: Values): void {
  writeForms({ ...readForms().forms, [form]: values })
}

export function clearUnsavedInput(form: string): void {
  const { [form]: _, ...others } = readForms().forms
  writeForms(others)
}

function readForms(): SavedForms {
  const owner = currentSession()?.alias ?? null
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
    if (isSavedForms(kept) && kept.owner === owner) return kept
  } catch {
    // The storage is blocked or has invalid data: there is no unsaved input.
  }
  return { owner, forms: {} }
}

function writeForms(forms: SavedForms['forms']): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ owner: currentSession()?.alias ?? null, forms }))
  } catch {
    return
  }
}

function isSavedForms(value: unknown): value is SavedForms {
  if (typeof value !== 'object' || value === null || !('owner' in value) || !('forms' in value)) return false
  const { forms } = value
  if (typeof forms !== 'object' || forms === null) return false
  return Object.values(forms).every(
    (values: unknown) =>
      typeof values === 'object' && values !== null && Object.values(values).every((text) => typeof text === 'string'),
  )
}
