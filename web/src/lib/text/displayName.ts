// Embeddings, overrides and isolates: in a name they would turn the letters around it as well.
const DIRECTION_CONTROLS = /[\u202A-\u202E\u2066-\u2069]/g

/** Returns the text without characters that change the direction of what stands around it. */
export function withoutDirectionControls(text: string): string {
  return text.replace(DIRECTION_CONTROLS, '')
}

export interface Named {
  alias: string
  firstName: string
  lastName: string
}

/** Returns an account's names as pages show them; if they would show nothing, its alias. */
export function nameOf({ alias, firstName, lastName }: Named): string {
  return withoutDirectionControls(`${firstName} ${lastName}`).trim() || alias
}
