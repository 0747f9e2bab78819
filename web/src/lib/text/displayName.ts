// Embeddings, overrides and isolates. In a name they would also change the direction of the text around it.
const DIRECTION_CONTROLS = /[\u202A-\u202E\u2066-\u2069]/g

/** Returns the text without characters that change the direction of the text around it. */
export function withoutDirectionControls(text: string): string {
  return text.replace(DIRECTION_CONTROLS, '')
}

export interface Named {
  alias: string
  firstName: string
  lastName: string
}

/** Returns an account's full name as pages show it, or its alias if the name has no visible characters. */
export function displayName({ alias, firstName, lastName }: Named): string {
  return withoutDirectionControls(`${firstName} ${lastName}`).trim() || alias
}
