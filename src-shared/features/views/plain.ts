import type { Arrangement, Audience } from './model.ts'

// Apart from the schemas, so that the first page loads none.
export type { Arrangement, Audience, BoardFigure, BoardLayout, View, ViewDefinition, Viewed, ViewKind } from './model.ts'
export const PRIVATE: Audience = { everyone: false, departments: [], roles: [], people: [] }
export const isShared = ({ everyone, departments, roles, people }: Audience): boolean =>
  everyone || departments.length + roles.length + people.length > 0
export const NO_ARRANGEMENT: Arrangement = { order: [], unpinned: [], standard: null }
