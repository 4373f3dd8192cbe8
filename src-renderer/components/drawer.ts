/** For a drawer in which something asks for the focus: without motion it comes second itself, and would take it away again. */
export const KEEPS_FOCUS = { autoFocus: false } as const
