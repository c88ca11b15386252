// What somebody should hear of. An alert tells what happened, and ends by itself.
// Metrics of the app come into the logs some minutes late, so a rule over them looks every 15 minutes at the last 30: whatever comes late is seen by the next look.

@description('Azure region.')
param location string

@description('Tags of the resources.')
param tags object

@description('Stands in front of each rule\'s name.')
param namePrefix string

@description('Addresses that get e-mail, with commas between them. Empty: alerts show in the portal only.')
param emails string

@description('Name of the Log Analytics workspace with the app\'s metrics.')
param workspaceName string

@description('Name of the storage account.')
param storageAccountName string

@description('Percentage of requests answered with 5xx in 30 minutes, of 20 requests at least.')
@minValue(1)
@maxValue(100)
param failedRequestsPercent int

@description('Failed log-ons of devices and operators in 30 minutes.')
@minValue(1)
param failedLogOns int

@description('Storage requests that Azure throttled in 15 minutes.')
@minValue(1)
param throttledRequests int

// Names and units are those of the app's meter. The table has nothing of them until the app has run once.
var rules = [
  {
    name: 'failed-requests'
    severity: 1
    description: 'More requests than usual end in 5xx (percent).'
    query: '''
AppMetrics
| where Name == 'murano.requests'
| summarize Failed = sumif(Sum, toint(Properties.status) >= 500), All = sum(Sum)
| where All >= 20
| project Value = 100.0 * Failed / All
'''
    threshold: failedRequestsPercent
  }
  {
    name: 'failed-logons'
    severity: 2
    description: 'Unknown or wrong credentials: a fleet with old ones, or somebody who tries.'
    query: '''
AppMetrics
| where Name == 'murano.logons.failed'
| summarize Value = sum(Sum)
'''
    threshold: failedLogOns
  }
  {
    name: 'dead-letters'
    severity: 2
    description: 'Events could not be delivered, and wait for somebody.'
    query: '''
AppMetrics
| where Name == 'murano.events.dead_letters'
| summarize Value = sum(Sum)
'''
    threshold: 0
  }
]

var addresses = map(filter(split(emails, ','), address => !empty(trim(address))), address => trim(address))

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: workspaceName
}

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageAccountName
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(addresses)) {
  name: '${namePrefix}-people'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'murano'
    emailReceivers: [
      for address in addresses: {
        name: address
        emailAddress: address
        useCommonAlertSchema: true
      }
    ]
  }
}

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: '${namePrefix}-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: '${namePrefix}: ${rule.name}'
      description: rule.description
      enabled: true
      severity: rule.severity
      scopes: [workspace.id]
      evaluationFrequency: 'PT15M'
      windowSize: 'PT30M'
      skipQueryValidation: true
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: 'Value'
            timeAggregation: 'Maximum'
            operator: 'GreaterThan'
            threshold: rule.threshold
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: { actionGroups: empty(addresses) ? [] : [people.id] }
    }
  }
]

resource storageThrottling 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${namePrefix}-storage-throttling'
  location: 'global'
  tags: tags
  properties: {
    description: 'The storage account, or one of its partitions, is asked for more than it gives.'
    enabled: true
    severity: 2
    scopes: [account.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'throttled'
          metricNamespace: 'Microsoft.Storage/storageAccounts'
          metricName: 'Transactions'
          dimensions: [
            {
              name: 'ResponseType'
              operator: 'Include'
              values: [
                'ClientAccountBandwidthThrottlingError'
                'ClientAccountRequestThrottlingError'
                'ClientThrottlingError'
                'ServerBusyError'
                'SuccessWithThrottling'
              ]
            }
          ]
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: throttledRequests
        }
      ]
    }
    actions: empty(addresses) ? [] : [{ actionGroupId: people.id }]
  }
}
