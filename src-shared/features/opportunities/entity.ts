import type { EntityDescriptor } from '../../kernel/entity.ts'

/** Open, or how it ended: the kind of the stage it stands in. */
export const OPPORTUNITY_STATES = ['open', 'won', 'lost'] as const

const STAGE = (column: string): string => `select s.${column} from stage s where s.id = {t}.stage_id`

/** A chance to sell: under a customer or, from an import, under none. `amount` in fen. */
export const opportunityEntity: EntityDescriptor = {
  name: 'opportunity',
  table: 'opportunity',
  feature: 'opportunities',
  title: 'name',
  ownerKey: 'ownerId',
  parentKey: 'customerId',
  related: [{ key: 'customer', entity: 'customer', by: 'customerId', isParent: true }],
  recyclable: true,
  fields: [
    {
      key: 'name',
      type: 'text',
      required: true,
      alwaysReadable: true,
      maxLength: 200,
      indexed: true,
      sortColumn: 'name_sort',
      width: 220,
    },
    { key: 'number', type: 'text', maxLength: 40, readOnly: true, importOnce: true, single: true },
    { key: 'customerId', type: 'reference', reference: 'customer', alwaysReadable: true, width: 200 },
    { key: 'contactId', type: 'reference', reference: 'contact' },
    { key: 'stageId', type: 'reference', reference: 'stage', alwaysReadable: true, readOnly: true, width: 120 },
    { key: 'pipelineId', type: 'reference', reference: 'pipeline', alwaysReadable: true, readOnly: true },
    { key: 'state', type: 'select', options: OPPORTUNITY_STATES, alwaysReadable: true, readOnly: true, indexed: true },
    { key: 'amount', type: 'money', indexed: true, width: 110 },
    { key: 'probability', type: 'number', readOnly: true, unit: '%', computed: `(${STAGE('probability')})` },
    // Half a fen goes up, as everywhere; an amount is never below nothing.
    {
      key: 'weighted',
      type: 'money',
      readOnly: true,
      computed: `({t}.amount * (${STAGE('probability')}) + 50) / 100`,
      tellsOf: ['amount', 'probability'],
    },
    { key: 'expectedOn', type: 'date', indexed: true, width: 104 },
    { key: 'ownerId', type: 'reference', reference: 'employee', indexed: true, width: 96 },
    { key: 'nextStep', type: 'text', maxLength: 500, width: 180 },
    { key: 'nextAt', type: 'instant', indexed: true, width: 108 },
    { key: 'source', type: 'text', maxLength: 100 },
    { key: 'competitor', type: 'text', maxLength: 500 },
    { key: 'note', type: 'longText', maxLength: 20000 },
    { key: 'stageEnteredAt', type: 'instant', readOnly: true, indexed: true, width: 96 },
    {
      key: 'rotsAt',
      type: 'instant',
      readOnly: true,
      tellsOf: ['stageEnteredAt'],
      computed: `iif({t}.state = 'open', strftime('%Y-%m-%dT%H:%M:%fZ', {t}.stage_entered_at, '+' || (${STAGE('rot_days')}) || ' days'), null)`,
    },
    { key: 'closedOn', type: 'date', readOnly: true, indexed: true },
    { key: 'closedAt', type: 'instant', readOnly: true },
    { key: 'lostReasonId', type: 'reference', reference: 'lostReason', readOnly: true },
    { key: 'lostNote', type: 'text', readOnly: true, maxLength: 2000 },
    { key: 'createdAt', type: 'instant', readOnly: true, alwaysReadable: true, indexed: true, width: 96 },
    { key: 'updatedAt', type: 'instant', readOnly: true, alwaysReadable: true, indexed: true },
    { key: 'createdBy', type: 'reference', reference: 'user', readOnly: true },
  ],
}
