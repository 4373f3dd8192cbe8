let shell: MessagePort | null = null
let asked = 0
let badge = 0

/** The end of a channel to the desktop; the preload script hands the other end over. */
function shellPort(): MessagePort {
  if (shell) return shell
  const { port1, port2 } = new MessageChannel()
  window.postMessage('kezhan:shell', '*', [port2])
  shell = port1
  return port1
}

/** Says that something is done to somebody who has turned to other work meanwhile. Only the program's own window can: a browser would have to be asked first. */
export function tellOutside(title: string, body: string): void {
  if (location.protocol !== 'app:' || document.hasFocus()) return
  asked += 1
  shellPort().postMessage({ id: asked, call: 'notify', input: { title: title.slice(0, 100), body: body.slice(0, 500) } })
}

/** The number on the program's icon. */
export function showBadge(count: number): void {
  if (location.protocol !== 'app:' || count === badge) return
  badge = count
  asked += 1
  shellPort().postMessage({ id: asked, call: 'badge', input: { count: Math.min(count, 999) } })
}
