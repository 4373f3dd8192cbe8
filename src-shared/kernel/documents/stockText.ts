/** What a move of stock is refused for, wherever it comes from. */
export const stockRefusals = {
  'zh-CN': {
    'refusals.notEnough': '库存不够（能出 / 要出）：{{lacks}}。没有出库',
    'refusals.stockReasonMissing': '超出库存要写原因，没有保存',
    'refusals.tooMuch': '{{product}} 的库存数量太大，没有保存',
    'refusals.warehouseArchived': '仓库「{{name}}」已停用，请换一个仓库',
  },
  'en-US': {
    'refusals.notEnough': 'Not enough in stock (may leave / asked): {{lacks}}. Nothing left the warehouse',
    'refusals.stockReasonMissing': 'Going beyond the stock needs a reason; nothing was saved',
    'refusals.tooMuch': 'There would be too much of {{product}} to count; nothing was saved',
    'refusals.warehouseArchived': 'The warehouse “{{name}}” is put aside; choose another',
  },
} as const
