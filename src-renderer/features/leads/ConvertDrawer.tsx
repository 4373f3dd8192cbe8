import './leads.css'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Drawer, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import type { Conversion, Lead, LeadLookalike } from '../../../src-shared/features/leads/model.ts'
import { becoming } from '../../../src-shared/features/leads/rules.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { useApi, useCan } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { alikeText, useAlike } from './Alike.tsx'
import { type Begun, ConvertChance, type PartProps, type Parts } from './ConvertChance.tsx'
import { text } from './text.ts'

type NewCustomer = Begun['customer']
type Contact = NonNullable<Conversion['contact']>
const NEW = 'new'

const CUSTOMER_KEYS = [
  'name',
  'phone',
  'email',
  'industry',
  'source',
  'province',
  'city',
  'district',
  'address',
  'note',
] as const satisfies readonly (keyof NewCustomer)[]
const CONTACT_KEYS = ['name', 'title', 'phone', 'wechat', 'email'] as const satisfies readonly (keyof Contact)[]

/** What a lead becomes: a customer that is there or a new one, a person of his, a chance; each field shown with what goes into it. */
export function ConvertDrawer({ row, onClose }: { row: Lead; onClose: () => void }) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const may = {
    customer: useCan('customers.create'),
    contact: useCan('contacts.write'),
    opportunity: useCan('opportunities.create'),
  }
  const [begun] = useState(() => becoming(row))
  const [parts, setParts] = useState<Parts>({
    customer: begun.customer,
    contact: may.contact ? begun.contact : null,
    opportunity: null,
  })
  const { name, company, phone, email } = row
  const alike = useAlike({ name, company, phone, email }, row.id).filter(({ kind, deleted }) => kind === 'customer' && !deleted)
  const [chosen, setChosen] = useState<string | null>(null)
  // Whoever may make none begins with the likeliest who is there.
  const sure = alike.find((one) => one.visible && (one.sure || !may.customer))?.id
  const into = chosen ?? sure ?? NEW
  const { convert, isReady } = useConvert({ row, into, parts, onClose })
  return (
    <Drawer
      open
      {...KEEPS_FOCUS}
      size={isPhone ? '100%' : 520}
      title={t('convertTitle', { name: row.name })}
      onClose={onClose}
      footer={
        <div className="row g8">
          <span className="grow" />
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            type="primary"
            disabled={!isReady || (into === NEW && !may.customer)}
            loading={convert.isPending}
            onClick={() => convert.mutate()}
          >
            {t('convertYes')}
          </Button>
        </div>
      }
    >
      <Form layout="vertical">
        {alike.length > 0 && <Candidates alike={alike} into={into} mayMake={may.customer} onChange={setChosen} />}
        {into === NEW && (
          <FieldMap
            title={t('asNew')}
            feature="customers"
            keys={CUSTOMER_KEYS}
            values={parts.customer}
            onChange={(customer) => setParts({ ...parts, customer })}
          />
        )}
        {may.contact && <ContactPart begun={begun} row={row} parts={parts} onChange={setParts} />}
        {may.opportunity && <ConvertChance begun={begun} parts={parts} onChange={setParts} />}
        <p className="t3 s12 lead-part">{t('keepsSaid')}</p>
        {convert.error && (
          <div className="field-error" role="alert">
            {failureText(convert.error, 'leads')}
          </div>
        )}
      </Form>
    </Drawer>
  )
}

type Converting = { row: Lead; into: string; parts: Parts; onClose: () => void }
function useConvert({ row, into, parts, onClose }: Converting) {
  const t = useText(text)
  const api = useApi()
  const cache = useQueryClient()
  const undo = useUndo()
  const { contact, opportunity } = parts
  const call = useMutation(
    api.leads.convert.mutationOptions({
      meta: { shown: true },
      onSuccess: (saved) => {
        cache.setQueryData(api.leads.get.queryKey({ input: { id: saved.id } }), (old) => old && { ...old, ...saved })
        undo.say(t('convertedToast', { name: saved.name }), { recordId: saved.id })
        onClose()
      },
    }),
  )
  const isReady =
    (into !== NEW || parts.customer.name.trim() !== '') &&
    (contact === null || contact.name.trim() !== '') &&
    (opportunity === null || opportunity.name.trim() !== '')
  const customer: Conversion['customer'] = into === NEW ? parts.customer : { id: into }
  const mutate = () => call.mutate({ id: row.id, version: row.version, customer, contact, opportunity })
  return { convert: { isPending: call.isPending, error: call.error, mutate }, isReady }
}

type CandidatesProps = { alike: readonly LeadLookalike[]; into: string; mayMake: boolean; onChange: (into: string) => void }
/** Who is there already, to be chosen; who may not be seen is only told of. */
function Candidates({ alike, into, mayMake, onChange }: CandidatesProps) {
  const t = useText(text)
  return (
    <div className="gap-below">
      <div className="t2 b gap-below">{t('existing')}</div>
      <Radio.Group className="block-select" value={into} onChange={(event) => onChange(String(event.target.value))}>
        {alike.map((one, at) =>
          one.visible && one.id ? (
            <div key={one.id} className="lead-alike">
              <Radio value={one.id}>{alikeText(t, one)}</Radio>
            </div>
          ) : (
            <div key={`${one.name} ${at}`} className="lead-alike t3">
              {t('unseenAlike', { name: one.name, owner: one.ownerName ?? t('noOwner') })}
            </div>
          ),
        )}
        {mayMake && (
          <div className="lead-alike">
            <Radio value={NEW}>{t('makeNew')}</Radio>
          </div>
        )}
      </Radio.Group>
    </div>
  )
}

type FieldMapProps<Values, Key extends keyof Values> = {
  title: string
  feature: string
  keys: readonly Key[]
  values: Values
  onChange: (values: Values) => void
}
/** Each field of what it becomes, with what goes into it from the lead; all of it may be changed. */
function FieldMap<Values extends Record<string, string | null>, Key extends keyof Values & string>(
  props: FieldMapProps<Values, Key>,
) {
  const { title, feature, keys, values, onChange } = props
  return (
    <fieldset className="lead-part">
      <legend className="t2 b">{title}</legend>
      <div className="lead-map">
        {keys.map((key) => {
          const label = fieldWord(feature, key)
          const shared = {
            'aria-label': `${title} ${label}`,
            value: values[key] ?? '',
            onChange: ({ target }: { target: { value: string } }) =>
              onChange({ ...values, [key]: key === 'name' ? target.value : target.value || null }),
          }
          return (
            <label key={key} style={{ display: 'contents' }}>
              <span className="t3">{label}</span>
              {key === 'note' ? <Input.TextArea {...shared} rows={2} /> : <Input {...shared} />}
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}

function ContactPart({ begun, row, parts, onChange }: PartProps & { row: Lead }) {
  const t = useText(text)
  const { title, phone, wechat, email } = row
  const first = begun.contact ?? { name: '', title, phone, wechat, email }
  return (
    <div className="lead-part">
      <Checkbox
        checked={parts.contact !== null}
        onChange={({ target }) => onChange({ ...parts, contact: target.checked ? first : null })}
      >
        {t('withContact')}
      </Checkbox>
      {parts.contact && (
        <FieldMap
          title={t('becameContact')}
          feature="contacts"
          keys={CONTACT_KEYS}
          values={parts.contact}
          onChange={(contact) => onChange({ ...parts, contact })}
        />
      )}
    </div>
  )
}
