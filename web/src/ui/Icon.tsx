import type { JSX } from 'react'

import { inRem } from '@/lib/rem'

/** Paths on a 24 × 24 grid, drawn with lines of 1.75 with round ends. */
const PATHS = {
  home: 'M4 11 12 4l8 7v8a1 1 0 0 1-1 1h-4.5v-5.5h-5V20H5a1 1 0 0 1-1-1z',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20 20',
  person: 'M12 11.5a3.75 3.75 0 1 0 0-7.5 3.75 3.75 0 0 0 0 7.5zM4.5 20c.6-3.6 3.6-5.5 7.5-5.5s6.9 1.9 7.5 5.5',
  settings:
    'M4 7h9M17 7h3M4 17h3M11 17h9M15 9.25a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5zM9 19.25a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5z',
  write: 'M14.5 5.5 18.5 9.5 9 19H5v-4zM4 22h16',
  close: 'M6 6l12 12M18 6 6 18',
  back: 'M11 5l-7 7 7 7M4 12h16',
  bin: 'M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 12.5h9.4L17.5 7M10 10.5v5.5M14 10.5v5.5',
  check: 'M5 12.5 10 17.5 19.5 7',
  forward: 'M13 5l7 7-7 7M20 12H4',
  picture:
    'M5 4.5h14a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-13a1 1 0 0 1 1-1zM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15.5 9h.01',
  down: 'M12 5v14M6 13l6 6 6-6',
  up: 'M12 19V5M6 11l6-6 6 6',
  leave: 'M14 4.5H6a1 1 0 0 0-1 1v13a1 1 0 0 0 1 1h8M10.5 12H20M16.5 8.5 20 12l-3.5 3.5',
  like: 'M12 19.5C7 16 4 13 4 9.3A4.3 4.3 0 0 1 8.3 5c1.6 0 2.9.8 3.7 2.1A4.3 4.3 0 0 1 15.7 5 4.3 4.3 0 0 1 20 9.3c0 3.7-3 6.7-8 10.2z',
  bookmark: 'M6.5 4.5h11a.5.5 0 0 1 .5.5v15l-6-4.5L6 20V5a.5.5 0 0 1 .5-.5z',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5a2.2 2.2 0 0 0 4 0',
  reply: 'M9.5 6 4.5 11l5 5M4.5 11H14a5.5 5.5 0 0 1 5.5 5.5V19',
  repost: 'M4 9.5 7.5 6 11 9.5M7.5 6v9.5a2 2 0 0 0 2 2H13M20 14.5 16.5 18 13 14.5M16.5 18V8.5a2 2 0 0 0-2-2H11',
  quote: 'M5 17.5V9a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H8.5zM9 11.5h6',
  link: 'M10 14a4 4 0 0 0 5.7 0l2.8-2.8a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-2.8 2.8a4 4 0 0 0 5.7 5.7l1-1',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  mute: 'M11 6 7.5 9H4v6h3.5l3.5 3zM15.5 9.5l5 5M20.5 9.5l-5 5',
  block: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM6 6l12 12',
  alert: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 8v4.5M12 16h.01',
} as const

/** These point in the direction of reading. */
const DIRECTIONAL: readonly string[] = ['back', 'forward', 'leave', 'reply'] satisfies (keyof typeof PATHS)[]

export type IconName = keyof typeof PATHS

/** A decorative icon beside text or in a labelled button. `size` is in px at the default font size and scales with it. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }): JSX.Element {
  return (
    <svg
      viewBox="0 0 24 24"
      width={inRem(size)}
      height={inRem(size)}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      data-directional={DIRECTIONAL.includes(name) || undefined}
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
