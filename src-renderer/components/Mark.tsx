/** The house with the light in the doorway: the logo, drawn so that it needs no file. */
export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden className="mark">
      <rect width="32" height="32" rx="7.5" fill="#3156C4" />
      <path
        d="M3.6 13.4c4.9-.5 9-3.1 11.3-7.1a1.3 1.3 0 0 1 2.2 0c2.3 4 6.4 6.6 11.3 7.1-.5 1.9-2.1 3-4.2 3H7.8c-2.1 0-3.7-1.1-4.2-3z"
        fill="#fff"
      />
      <path d="M8.2 18.2h2.9v8.3H8.2zM20.9 18.2h2.9v8.3h-2.9z" fill="#fff" />
      <circle cx="16" cy="21.7" r="2.7" fill="#FF9A4D" />
    </svg>
  )
}

/** The inn drawn in lines, once per page: first run and login (white on indigo). */
export function InnDrawing({ width }: { width: number }) {
  return (
    <svg width={width} viewBox="0 0 400 260" aria-hidden className="inn">
      <g fill="none" stroke="#fff" strokeWidth="3" strokeLinejoin="round" strokeLinecap="round">
        <path d="M20 118c68-6 124-40 160-94a24 24 0 0 1 40 0c36 54 92 88 160 94-8 24-28 34-54 34H74c-26 0-46-10-54-34z" />
        <path d="M84 152v98M120 152v98M280 152v98M316 152v98M40 252h320" />
        <path d="M74 152h252M120 178h160" />
        <path d="M200 178v18" />
      </g>
      <circle cx="200" cy="214" r="19" fill="#FF9A4D" />
    </svg>
  )
}

/** The same inn, small and in the colours of the page: the empty list. */
export function InnSmall() {
  return (
    <svg width="120" height="84" viewBox="0 0 120 84" aria-hidden className="inn-small">
      <path
        d="M8 36c19-2 35-11 45-26a8.5 8.5 0 0 1 14 0c10 15 26 24 45 26-2 6-8 9-15 9H23c-7 0-13-3-15-9z"
        fill="none"
        stroke="var(--kz-brand)"
        strokeWidth="2.5"
        strokeLinejoin="round"
      />
      <path d="M27 48v30M37 48v30M83 48v30M93 48v30M16 78h88" stroke="var(--kz-brand)" strokeWidth="2.5" strokeLinecap="round" />
      <circle cx="60" cy="58" r="8" fill="var(--kz-lamp)" fillOpacity=".9" />
      <path d="M60 45v5" stroke="var(--kz-lamp)" strokeWidth="2.5" strokeLinecap="round" />
    </svg>
  )
}
