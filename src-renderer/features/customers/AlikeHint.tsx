import { Popover } from 'antd'
import type { CustomerId } from '../../../src-shared/features/customers/model.ts'
import { AlikeLines, useAlike } from './Lookalikes.tsx'

/** Below the editor, over whatever stands there; a press on it leaves the editor open. */
export function AlikeHint({ by, value, customerId }: { by: 'name' | 'phone'; value: string; customerId: CustomerId }) {
  const alike = useAlike({ [by]: value, exceptId: customerId })
  return (
    <Popover
      open={alike.shown.length > 0}
      placement="bottomLeft"
      arrow={false}
      classNames={{ root: 'alike-hint' }}
      content={
        <div onMouseDown={(event) => event.preventDefault()}>
          <AlikeLines alike={alike} other={customerId} />
        </div>
      }
    >
      <i className="alike-anchor" />
    </Popover>
  )
}
