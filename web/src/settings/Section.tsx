import { type JSX, type ReactNode, useId } from 'react'

import css from './Section.module.css'

export function Section({ title, children }: { title: string; children: ReactNode }): JSX.Element {
  const heading = useId()
  return (
    <section className={css.section} aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      {children}
    </section>
  )
}
