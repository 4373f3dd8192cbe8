import { text } from '../../../src-shared/features/calendar/text.ts'
import { optionWord, registerSlice } from '../../kernel/slices.ts'

registerSlice('calendar', text)

export const weekdayWord = (weekday: number): string => optionWord('calendar', 'weekday', String(weekday))
