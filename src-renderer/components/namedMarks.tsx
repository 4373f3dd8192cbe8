import { CloseCircleFilled, EllipsisOutlined } from '@ant-design/icons'
import { plainWord } from '../kernel/text.ts'
import { text } from './text.ts'

// antd draws these as buttons with an icon and no name; here they have one.

/** For `allowClear` of a text field. */
export const clearMark = () => ({ clearIcon: <CloseCircleFilled aria-label={plainWord(text, 'clear')} /> })
/** For `more` of tabs that do not all fit. */
export const moreTabs = () => ({ icon: <EllipsisOutlined aria-label={plainWord(text, 'more')} /> })
