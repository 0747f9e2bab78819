/** What each account is writing, and what it has sent without an answer yet: kept over reloads. */

import { read, write } from '@/app/kept'

const draftOf = (alias: string): string => `tweeter.draft.${alias}`
const unansweredOf = (alias: string): string => `tweeter.unanswered.${alias}`

export const readDraft = (alias: string): string => read(draftOf(alias)) ?? ''
export const writeDraft = (alias: string, text: string): void => write(draftOf(alias), text || null)

/** Back into the draft, before what has been written since. */
export function giveBack(alias: string, text: string): void {
  writeDraft(alias, [text, readDraft(alias)].filter(Boolean).join('\n\n'))
}

export function noteUnanswered(alias: string, text: string): void {
  writeUnanswered(alias, [...readUnanswered(alias), text])
}

export function forgetUnanswered(alias: string, text: string): void {
  writeUnanswered(
    alias,
    readUnanswered(alias).filter((one) => one !== text),
  )
}

/** After a reload: nobody waits for these answers any more. True if there was one. */
export function recoverUnanswered(alias: string): boolean {
  const texts = readUnanswered(alias)
  for (const text of texts) giveBack(alias, text)
  writeUnanswered(alias, [])
  return texts.length > 0
}

function readUnanswered(alias: string): string[] {
  const kept: unknown = JSON.parse(read(unansweredOf(alias)) ?? '[]')
  return Array.isArray(kept) ? kept.filter((text) => typeof text === 'string') : []
}

function writeUnanswered(alias: string, texts: string[]): void {
  write(unansweredOf(alias), texts.length > 0 ? JSON.stringify(texts) : null)
}
