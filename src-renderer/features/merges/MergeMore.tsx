import { Checkbox } from 'antd'
import type { MergeSide, SameContact } from '../../../src-shared/features/merges/model.ts'
import { formatPhone } from '../../kernel/format.ts'
import { fieldRightOf, useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { TagChips } from '../tags/public.ts'
import { text } from './text.ts'
import type { Choices } from './useMerge.ts'

type MoreProps = { sides: readonly MergeSide[]; choices: Choices }

/** What is not chosen but put together: a second number, notes, tags, contacts who are one person. */
export function MergeMore({ sides, choices }: MoreProps) {
  const t = useText(text)
  const me = useMe()
  const tags = [...new Set(sides.flatMap(({ customer }) => customer.tags))]
  return (
    <div className="merge-more">
      <SecondPhone sides={sides} choices={choices} />
      <Notes sides={sides} choices={choices} />
      {tags.length > 0 && fieldRightOf(me, 'customer', 'tags') !== 'hidden' && (
        <section>
          <h3>
            {t('tags')} <span className="t3">{t('tagsHint')}</span>
          </h3>
          <div className="row g6 wrap">
            <TagChips names={tags} />
          </div>
        </section>
      )}
      <SameContacts sides={sides} choices={choices} />
    </div>
  )
}

function SecondPhone({ sides, choices }: MoreProps) {
  const t = useText(text)
  const { phone } = choices
  const number = sides.find(({ customer }) => customer.id === phone?.from)?.customer[phone?.of === 'phone2' ? 'phone2' : 'phone']
  if (!phone || !number) return null
  return (
    <section>
      <Checkbox checked={choices.withPhone} onChange={({ target }) => choices.setWithPhone(target.checked)}>
        <span className="num">{t('keptPhone', { phone: formatPhone(number) })}</span>{' '}
        <span className="t3">{t('keptPhoneHint')}</span>
      </Checkbox>
    </section>
  )
}

function Notes({ sides, choices }: MoreProps) {
  const t = useText(text)
  if (choices.noted.length === 0) return null
  const set = (id: string, isIn: boolean) =>
    choices.setNotes(isIn ? [...choices.notes, id] : choices.notes.filter((one) => one !== id))
  return (
    <section>
      <h3>
        {t('notes')} {choices.noted.length > 1 && <span className="t3">{t('notesHint')}</span>}
      </h3>
      {choices.noted.map((id) => {
        const customer = sides.find((side) => side.customer.id === id)?.customer
        return (
          <Checkbox
            key={id}
            className="merge-note"
            checked={choices.notes.includes(id)}
            onChange={({ target }) => set(id, target.checked)}
          >
            <span className="lit">{customer?.note}</span> <span className="t3 s12">{customer?.name}</span>
          </Checkbox>
        )
      })}
    </section>
  )
}

function SameContacts({ sides, choices }: MoreProps) {
  const t = useText(text)
  if (choices.contacts.length === 0) return null
  const nameOf = (id: string) => sides.find(({ customer }) => customer.id === id)?.customer.name ?? ''
  // Of three who are one, the second pair is named after the first has been chosen; nobody is joined twice.
  const isTaken = (one: SameContact) =>
    choices.joined.some(
      (other) => other !== one && [other.keepId, other.dropId].some((id) => id === one.keepId || id === one.dropId),
    )
  return (
    <section>
      <h3>{t('contacts')}</h3>
      {choices.contacts.map((one) => (
        <Checkbox
          key={`${one.keepId} ${one.dropId}`}
          className="merge-note"
          checked={choices.joined.includes(one)}
          disabled={isTaken(one)}
          onChange={({ target }) =>
            choices.setJoined(target.checked ? [...choices.joined, one] : choices.joined.filter((other) => other !== one))
          }
        >
          {t('join', {
            name: one.name,
            phone: one.phone ? formatPhone(one.phone) : '',
            keep: nameOf(one.keepOf),
            drop: nameOf(one.dropOf),
          })}
        </Checkbox>
      ))}
    </section>
  )
}
