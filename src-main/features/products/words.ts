/** What sheets say of a product that is sold, and of one that is not any more. */
export const STATUS_WORDS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'product.status': {
    onSale: ['在售', '上架', '已上架', '销售中', '启用', '有效', '正常', '是', 'on sale', 'active', 'enabled', 'yes'],
    offSale: [
      '停售',
      '下架',
      '已下架',
      '停产',
      '停用',
      '禁用',
      '失效',
      '否',
      'off sale',
      'inactive',
      'disabled',
      'discontinued',
      'no',
    ],
  },
}
