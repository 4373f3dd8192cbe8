/** Words of looking at the program as somebody else. */
export const text = {
  'zh-CN': {
    'refusals.yourself': '这就是您自己',
    'refusals.userUnknown': '没有这个账号',
    'refusals.userDisabled': '这个账号已停用，看不到任何内容',
    'refusals.beyondYours': '他的权限比您大，不能以他的身份查看',
    'refusals.noSession': '只有登录后的窗口才能以他人身份查看',
    'actions.lookedAs': '以该用户查看',
    'actions.stoppedLooking': '结束以他人身份查看',
  },
  'en-US': {
    'refusals.yourself': 'That is yourself',
    'refusals.userUnknown': 'There is no such account',
    'refusals.userDisabled': 'This account is disabled and sees nothing',
    'refusals.beyondYours': 'He may do more than you; you cannot look as him',
    'refusals.noSession': 'Only a signed-in window can look as somebody else',
    'actions.lookedAs': 'Looked as this user',
    'actions.stoppedLooking': 'Stopped looking as somebody else',
  },
} as const
