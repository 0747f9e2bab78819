import type { ComponentPropsWithRef, JSX, MouseEvent } from 'react'
import { Link, type LinkProps } from 'react-router'

import { formatCount } from '@/lib/i18n/format'

import css from './Button.module.css'
import { Icon, type IconName } from './Icon'

interface Look {
  /** `strong` for the main action of a page, `quiet` for secondary actions. */
  look?: 'strong' | 'plain' | 'quiet' | 'danger'
  size?: 'm' | 's'
}

type ButtonProps = Look & ComponentPropsWithRef<'button'> & { isBusy?: boolean }

/** A button. While it is busy it ignores clicks. It is not `disabled` then, because it would lose the focus. */
export function Button({
  look = 'plain',
  size = 'm',
  isBusy = false,
  className = '',
  onClick,
  ...rest
}: ButtonProps): JSX.Element {
  const press = (event: MouseEvent<HTMLButtonElement>): void => {
    if (isBusy) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <button
      type="button"
      {...rest}
      className={[css.button, css[look], css[size], className].join(' ')}
      onClick={press}
      aria-disabled={isBusy || undefined}
      aria-busy={isBusy || undefined}
    />
  )
}

export function ButtonLink({ look = 'plain', size = 'm', className = '', ...rest }: Look & LinkProps): JSX.Element {
  return <Link {...rest} className={[css.button, css[look], css[size], className].join(' ')} />
}

interface IconLinkProps extends LinkProps {
  icon: IconName
  label: string
}

export function IconLink({ icon, label, className = '', ...rest }: IconLinkProps): JSX.Element {
  return (
    <Link {...rest} className={[css.icon, className].join(' ')} aria-label={label} title={label}>
      <Icon name={icon} />
    </Link>
  )
}

type IconButtonProps = Omit<ComponentPropsWithRef<'button'>, 'children'> & {
  icon: IconName
  /** Says the count too, if there is one. */
  label: string
  /** Shown beside the icon, unless it is 0. */
  count?: number
}

export function IconButton({ icon, label, count = 0, className = '', ...rest }: IconButtonProps): JSX.Element {
  const look = count > 0 ? css.counted : ''
  return (
    <button type="button" {...rest} className={[css.icon, look, className].join(' ')} aria-label={label} title={label}>
      <Icon name={icon} />
      {count > 0 && <span>{formatCount(count)}</span>}
    </button>
  )
}
