import { useWork } from '../kernel/work.ts'
import { TaskPill } from './TaskPill.tsx'

/** How far the long work of this window is; mounted once. */
export function WorkPills() {
  const work = useWork()
  if (work.length === 0) return null
  return (
    <div className="work-pills">
      {work.map((one) => (
        <TaskPill key={one.label} label={one.label} done={one.done} total={one.total} />
      ))}
    </div>
  )
}
