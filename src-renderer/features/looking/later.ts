import { later } from '../../kernel/later.ts'

export const SightLine = later(() => import('./WhoSees.tsx').then((module) => module.SightLine))
export const WhoSees = later(() => import('./WhoSees.tsx').then((module) => module.WhoSees))
