import type { JSX } from 'react'

import css from './Skeleton.module.css'

/** Placeholders of rows while they are loading. */
export function Skeletons({ count = 6, label }: { count?: number; label: string }): JSX.Element {
  return (
    <div role="status">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={css.row} aria-hidden>
          <span className={css.face} />
          <span className={css.lines}>
            <span className={css.name} />
            <span className={css.line} />
            <span className={css.rest} />
          </span>
        </div>
      ))}
    </div>
  )
}
