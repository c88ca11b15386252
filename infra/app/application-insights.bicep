// What takes the app's telemetry in and shows it.

@description('Name of the component: 1 to 255 letters, digits, hyphens and the like.')
param name string

@description('Azure region.')
param location string

@description('Tags of the resource.')
param tags object

@description('Name of the Log Analytics workspace that keeps the telemetry.')
param workspaceName string

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: workspaceName
}

resource component 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    IngestionMode: 'LogAnalytics'
    DisableLocalAuth: true // the connection string alone lets nobody write; the identity needs a role
    publicNetworkAccessForIngestion: 'Enabled'
    publicNetworkAccessForQuery: 'Enabled'
  }
}
