// Where telemetry is kept.

@description('Name of the workspace: 4 to 63 letters, digits and hyphens.')
@minLength(4)
@maxLength(63)
param name string

@description('Azure region.')
param location string

@description('Tags of the resource.')
param tags object

@description('Days for which telemetry is kept.')
@minValue(30)
@maxValue(730)
param retentionDays int

@description('Most gigabytes of telemetry taken in a day. What comes after that is lost until the next day, and alerts see nothing of it.')
@minValue(1)
@maxValue(1000)
param dailyCapGb int

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    workspaceCapping: { dailyQuotaGb: dailyCapGb }
    features: {
      disableLocalAuth: true
      enableLogAccessUsingOnlyResourcePermissions: true
    }
    publicNetworkAccessForIngestion: 'Enabled'
    publicNetworkAccessForQuery: 'Enabled'
  }
}
