import type { EntityDescriptor, FieldDescriptor } from '../entity.ts'

/**
 * A line of a document as sheets have it, for the importer alone: records of it have no list of their own. Labels are `fields.<key>` of the
 * feature of the document.
 * @param name what the part is called, `table` where lines of such a document are kept, `more` fields that only lines of it have
 */
export const lineEntity = (
  name: 'orderLine' | 'quoteLine',
  table: string,
  feature: string,
  more: readonly FieldDescriptor[] = [],
): EntityDescriptor => ({
  name,
  table,
  feature,
  title: 'lineName',
  fields: [
    {
      key: 'productId',
      type: 'reference',
      reference: 'product',
      keepsWord: 'lineName',
      importBy: 'products.read',
      synonyms: [
        '产品',
        '产品名称',
        '商品',
        '商品名称',
        '产品编号',
        '产品编码',
        '货号',
        '物料编码',
        '存货编码',
        'product',
        'product name',
        'item',
        'sku',
        'product code',
      ],
    },
    {
      key: 'lineName',
      type: 'text',
      maxLength: 200,
      synonyms: ['品名', '货物名称', '服务名称', '项目内容', 'line', 'line item'],
    },
    { key: 'spec', type: 'text', maxLength: 200, synonyms: ['规格', '规格型号', '型号', 'spec', 'specification', 'model'] },
    { key: 'unit', type: 'text', maxLength: 20, synonyms: ['单位', '计量单位', 'unit', 'uom'] },
    {
      key: 'quantity',
      type: 'number',
      precision: 4,
      synonyms: ['数量', '订购数量', '销售数量', '件数', 'quantity', 'qty'],
    },
    {
      key: 'priceFen',
      type: 'money',
      synonyms: ['单价', '含税单价', '销售单价', '成交单价', 'price', 'unit price'],
    },
    { key: 'discount', type: 'text', maxLength: 20, synonyms: ['折扣', '折扣率', '行折扣', 'line discount', 'discount rate'] },
    { key: 'taxRate', type: 'text', maxLength: 20, synonyms: ['税率', 'tax rate', 'vat'] },
    {
      key: 'amountFen',
      type: 'money',
      synonyms: ['小计', '行金额', '明细金额', '产品金额', '价税合计', 'line total', 'line amount', 'subtotal'],
    },
    { key: 'lineNote', type: 'text', maxLength: 500, synonyms: ['明细备注', '行备注', 'line note'] },
    ...more,
  ],
})

/** What one piece was by list and cost the company, of documents that are told as they were; said by who may say so of the document. */
export const LINE_WORTH: readonly FieldDescriptor[] = [
  {
    key: 'listPriceFen',
    type: 'money',
    tellsOf: ['listFen'],
    synonyms: ['标准单价', '目录价', '目录单价', '牌价', '原价', 'list price', 'catalogue price'],
  },
  {
    key: 'unitCostFen',
    type: 'money',
    tellsOf: ['costFen'],
    synonyms: ['成本单价', '单位成本', '成本价', '单件成本', 'unit cost', 'cost price', 'cost each'],
  },
]
