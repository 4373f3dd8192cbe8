import type { JobState } from '../../../src-shared/features/jobs/model.ts'
import { text } from '../../../src-shared/features/jobs/text.ts'
import type { Tone } from '../../components/marks.tsx'
import { actorWord } from '../../kernel/actor.ts'
import { optionWord, registerSlice, sliceWord } from '../../kernel/slices.ts'

registerSlice('jobs', text)

export const kindWord = (kind: string): string => sliceWord('jobs', `kinds.${kind}`) ?? kind
export const stateWord = (state: JobState): string => optionWord('jobs', 'state', state)
export const jobField = (key: string): string => sliceWord('jobs', `fields.${key}`) ?? key
/** What the program starts by itself has no person behind it. */
export const ownerWord = (name: string): string => actorWord(name, 'job')
export const missedWord = (rule: string): string => optionWord('jobs', 'missed', rule)
export const wantedWord = (wanted: string): string => optionWord('jobs', 'wanted', wanted)

/** Why a job ended badly, as a sentence. */
export const errorWord = (error: { reason: string; incident?: string | undefined }): string =>
  sliceWord('jobs', `errors.${error.reason}`, error) ?? error.reason

export const STATE_TONE: Record<JobState, Tone> = {
  waiting: 'ink',
  running: 'brand',
  paused: 'warn',
  done: 'ok',
  failed: 'bad',
  cancelled: 'ink',
  interrupted: 'warn',
}
