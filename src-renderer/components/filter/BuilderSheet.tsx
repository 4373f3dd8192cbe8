import { Drawer } from 'antd'
import type { ReactNode } from 'react'

/** The builder on a phone: a sheet from the bottom. */
export const BuilderSheet = ({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) => (
  <Drawer open placement="bottom" size="85vh" className="filter-sheet builder-sheet" onClose={onClose} title={title}>
    {children}
  </Drawer>
)
