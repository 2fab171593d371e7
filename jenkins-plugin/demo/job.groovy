// SPDX-License-Identifier: Apache-2.0
// Creates the demo's job and builds it once.
import jenkins.model.Jenkins
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition
import org.jenkinsci.plugins.workflow.job.WorkflowJob

def job = Jenkins.get().createProject(WorkflowJob, 'demo')
job.definition = new CpsFlowDefinition(new File(System.getenv('DEMO'), 'Jenkinsfile').text, true)
job.save()
job.scheduleBuild2(5)
