import { App } from 'aws-cdk-lib';
import { addLabs } from '../lib/deploy/app';

const app = new App();
addLabs(app);
app.synth();
