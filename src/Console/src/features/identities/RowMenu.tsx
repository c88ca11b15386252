import { Menu, MenuItem, MenuList, MenuPopover } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api/client';
import type { ListedIdentity } from '../../api/schema';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { useMessages } from '../../components/Messages';
import { forgetDevices } from './lists';

interface RowMenuProps {
  connector: string;
  device: ListedIdentity;
  /** The button that opened it. */
  target: HTMLElement;
  onClose: () => void;
  /** Has it read anew; what goes wrong with that is told elsewhere. */
  onChanged: () => Promise<void>;
  /** It is no more. */
  onGone: () => Promise<void>;
}

const Path = '/api:1/service/{connector}/device2/identity/{identity}';

/** What can be done with one device of the list. */
export function RowMenu({ connector, device, target, onClose, onChanged, onGone }: RowMenuProps) {
  const navigate = useNavigate();
  const messages = useMessages();
  const cache = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const { identity, locked } = device;
  const params = { path: { connector, identity } };

  const close = () => {
    target.focus();
    onClose();
  };

  const ask = () => {
    // The menu goes: what is to be near, should the row go too, is near its button.
    target.focus();
    setAsking(true);
  };

  const setLocked = async () => {
    close();
    try {
      await api.PATCH(Path, { params, body: { locked: !locked } });
    } catch (error) {
      messages.failed(`${identity} was not ${locked ? 'unlocked' : 'locked'}`, error);
      return;
    }

    messages.done(`${identity} is ${locked ? 'unlocked' : 'locked'}.`);
    await onChanged();
  };

  const remove = async () => {
    await api.DELETE(Path, { params });
    messages.done(`${identity} is deleted.`);
    forgetDevices(cache);
    await onGone();
  };

  if (isAsking) {
    return (
      <ConfirmDialog title={`Delete ${identity}?`} action="Delete" typed={identity} onConfirm={remove} onClose={onClose}>
        The device, its values, tags and files are gone for good. Its credential ends at once.
      </ConfirmDialog>
    );
  }

  return (
    <Menu open onOpenChange={(_, { open }) => !open && close()} positioning={{ target, position: 'below', align: 'end' }}>
      <MenuPopover>
        <MenuList aria-label={`Actions for ${identity}`}>
          <MenuItem
            onClick={() => {
              onClose();
              void navigate({ to: '/connectors/$connector/devices/$identity', params: { connector, identity } });
            }}
          >
            Open
          </MenuItem>
          <MenuItem persistOnClick onClick={() => void setLocked()}>
            {locked ? 'Unlock' : 'Lock'}
          </MenuItem>
          <MenuItem persistOnClick onClick={ask}>
            Delete
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
