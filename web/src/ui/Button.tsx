import type { ComponentPropsWithRef, JSX, MouseEvent } from 'react'
import { Link, type LinkProps } from 'react-router'

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

type IconButtonProps = Omit<ComponentPropsWithRef<'button'>, 'children'> & { icon: IconName; label: string }

export function IconButton({ icon, label, className = '', ...rest }: IconButtonProps): JSX.Element {
  return (
    <button type="button" {...rest} className={[css.icon, className].join(' ')} aria-label={label} title={label}>
      <Icon name={icon} />
    </button>
  )
}
