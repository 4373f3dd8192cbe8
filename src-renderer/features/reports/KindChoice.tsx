import { Segmented } from 'antd'
import type { TargetKind } from '../../../src-shared/features/targets/keys.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

type KindChoiceProps = { kinds: readonly TargetKind[]; kind: TargetKind; onKind: (kind: TargetKind) => void }
/** What counts: opportunities won, contracts signed, money received. */
export function KindChoice({ kinds, kind, onKind }: KindChoiceProps) {
  const t = useText(text)
  if (kinds.length < 2) return null
  return (
    <Segmented<TargetKind>
      aria-label={t('counts')}
      value={kind}
      onChange={onKind}
      options={kinds.map((value) => ({ value, label: t(`kind_${value}`) }))}
    />
  )
}
