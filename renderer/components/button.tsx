// A push button: `primary` for the one thing to do next, `danger` for what takes something away, `quiet` for the rest.
import type { ButtonHTMLAttributes, JSX, Ref } from 'react';
import { Icon, type IconName } from './icon.tsx';
import './button.css';

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type' | 'className'> {
  readonly look?: 'primary' | 'normal' | 'quiet' | 'danger';
  readonly icon?: IconName;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ look = 'normal', icon, children, ...rest }: Props): JSX.Element {
  return (
    <button type="button" className={`button button-${look}${children === undefined ? ' button-icon' : ''}`} {...rest}>
      {icon === undefined ? null : <Icon name={icon} />}
      {children}
    </button>
  );
}
