import { text } from '../../../src-shared/features/recycle-bin/text.ts'
import { registerSlice } from '../../kernel/slices.ts'

registerSlice('recycleBin', text)
