import { type Kysely, sql } from 'kysely'

const AT = '2026-11-23T00:00:00.000Z'
const TERMS = [
  '一、质量要求：按国家标准及双方确认的技术资料执行，质保期自验收合格之日起十二个月。',
  '二、交货：供方在收到首期款后按约定日期交货，运费由供方承担，货到现场前的风险由供方承担。',
  '三、验收：需方应在收货后七日内验收；逾期未提出书面异议的，视为验收合格。',
  '四、付款：按本合同所列回款计划支付。需方逾期付款的，每逾期一日按未付金额的万分之三支付违约金。',
  '五、违约责任：供方逾期交货的，每逾期一日按未交货部分金额的万分之三支付违约金。',
  '六、争议解决：因本合同发生的争议，双方协商解决；协商不成的，向供方所在地人民法院起诉。',
  '七、本合同一式两份，双方各执一份，经双方签字盖章后生效。',
].join('\n')

/** An order is the contract: it runs from a day to a day, and is printed from a template of its own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    'alter table sales_order add column starts_on text',
    'alter table sales_order add column ends_on text',
    'create index sales_order_by_end on sales_order (ends_on, id, owner_id, customer_id, status, deleted_at) where ends_on is not null and deleted_at is null',
    `insert into document_template (id, kind, title, head, intro, terms, signature, created_at, updated_at)
      values ('01KATA0000000000000000D001', 'contract', '销售合同', '',
        '供需双方依据《中华人民共和国民法典》及有关法律，就下列产品的买卖协商一致，订立本合同，共同遵守。', '${TERMS}', '供方（盖章）\n需方（盖章）', '${AT}', '${AT}')`,
  ])
    await sql.raw(statement).execute(db)
}
