const ICON = /@ant-design[\\/]icons[\\/]es[\\/]components[\\/]AntdIcon(Light)?\.js/
const SPOKEN = /role: "img",\s*"aria-label": icon\.name\n/

/**
 * antd's icons have their English file name read aloud: 导入 becomes "import 导入". Here they are decoration,
 * unless a page gives one a name; the one place where all of them are made is changed while it is bundled.
 */
export const quietIcons = {
  name: 'kezhan-quiet-icons',
  enforce: 'pre' as const,
  transform(code: string, id: string): string | undefined {
    if (!ICON.test(id)) return undefined
    if (!SPOKEN.test(code)) throw new Error(`${id} has changed: the names of the icons would be read aloud again`)
    return code.replace(SPOKEN, '...(restProps["aria-label"] ? { role: "img" } : { "aria-hidden": true })\n')
  },
}
