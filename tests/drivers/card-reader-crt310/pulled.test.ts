import { provePulls } from '../card-reader/pulled.ts';
import { withCard } from './bench.ts';

provePulls('CRT-310', withCard);
