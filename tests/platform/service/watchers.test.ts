import { expect, test, vi } from 'vitest';
import { createWatchers } from '../../../platform/service/watchers.ts';

test('a change is told to who looks at its outlet and to who looks at all, and to nobody else', () => {
  const watchers = createWatchers();
  const heard: string[] = [];
  for (const outlet of ['51010001', '51010002', undefined])
    watchers.add(outlet, ({ order }) => heard.push(`${outlet ?? 'all'} ${order}`));
  const forget = watchers.add('51010001', () => heard.push('gone'));
  forget();
  watchers.tell({ outlet: '51010001', order: 'A' });
  expect(heard).toEqual(['51010001 A', 'all A']);
});

test('a watcher that fails is said so, and the others hear all the same', () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  const watchers = createWatchers();
  const heard: string[] = [];
  watchers.add('51010001', () => {
    throw new Error('broken page');
  });
  watchers.add('51010001', () => heard.push('heard'));
  expect(() => watchers.tell({ outlet: '51010001' })).not.toThrow();
  expect(heard).toEqual(['heard']);
  expect(said).toHaveBeenCalledWith('a watcher of 51010001 failed: broken page');
  said.mockRestore();
});
