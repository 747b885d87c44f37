/** A few signs, drawn with one line. They never stand alone: a word says the same. */
const PATHS = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M6.5 6.5l11 11m0-11l-11 11',
  dot: 'M12 11.9v.2',
  minus: 'M6 12h12',
  alert: 'M12 8v5m0 3.2v.1M12 3.5l9 16.5H3z',
  clock: 'M12 7v5.2l3.2 2M12 3.5a8.5 8.5 0 110 17 8.5 8.5 0 010-17z',
  arrow: 'M5 12h13m-5-5l5 5-5 5',
  back: 'M19 12H6m5-5l-5 5 5 5',
  file: 'M7 3.5h7l4 4v13H7zM14 3.5v4h4',
  wallet:
    'M4 7.5h14.5a1.5 1.5 0 011.5 1.5v9a1.5 1.5 0 01-1.5 1.5H5.5A1.5 1.5 0 014 18V6a1.5 1.5 0 011.5-1.5H17M16 13.4v.2',
  chevron: 'M9 6l6 6-6 6',
  download: 'M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 19.5h14',
  link: 'M14 5h5v5m0-5l-8.5 8.5M17 14v5H5V7h5',
  seal: 'M12 3.5a8.5 8.5 0 110 17 8.5 8.5 0 010-17zm-3.5 8.8l2.5 2.5 4.6-5.3',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name, className = '' }: { readonly name: IconName; readonly className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      className={`size-5 shrink-0 fill-none stroke-current ${className}`}
      strokeWidth={name === 'dot' ? 5 : 1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}

export function Spinner({ className = '' }: { readonly className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      className={`size-5 shrink-0 fill-none stroke-current motion-safe:animate-[turn_1s_linear_infinite] ${className}`}
      strokeWidth={2}
      strokeLinecap="round"
    >
      <path d="M12 3.5a8.5 8.5 0 018.5 8.5" />
    </svg>
  )
}
