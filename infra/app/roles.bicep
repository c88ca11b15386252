// Who may do what. Each role is given once, on the one resource that it is for, and says why.

@description('Name of the app\'s identity.')
param identityName string

@description('Object id of somebody who backs up and restores tables and files. Empty: nobody.')
param administratorPrincipalId string

@description('What the administrator is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param administratorPrincipalType string

@description('Name of the storage account.')
param storageAccountName string

@description('Name of the Web PubSub service.')
param webPubSubName string

@description('Name of the Application Insights component.')
param applicationInsightsName string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: identityName
}

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageAccountName
}

resource channel 'Microsoft.SignalRService/webPubSub@2024-03-01' existing = {
  name: webPubSubName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

// Storage Blob Data Owner
var blobDataOwner = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b')

resource blobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, identity.id, blobDataOwner)
  scope: account
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: blobDataOwner
    description: 'The Functions host keeps its locks, timers and keys in blobs and asks for this role; the app makes containers and keeps files in them; the platform fetches the deployed package.'
  }
}

// Storage Table Data Contributor
var tableDataContributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3')

resource tables 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, identity.id, tableDataContributor)
  scope: account
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: tableDataContributor
    description: 'The app reads and writes the rows of connectors, devices and operators.'
  }
}

// Web PubSub Service Owner
var webPubSubServiceOwner = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '12cf5a90-567b-43ae-8102-96cf46c7d9b4')

resource wakes 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(channel.id, identity.id, webPubSubServiceOwner)
  scope: channel
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: webPubSubServiceOwner
    description: 'The app sends wakes and log events to groups, asks for the addresses under which they are heard, and ends connections.'
  }
}

// Monitoring Metrics Publisher
var monitoringMetricsPublisher = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '3913510d-42f4-4e42-8a64-420c390055eb')

resource telemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, identity.id, monitoringMetricsPublisher)
  scope: insights
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: monitoringMetricsPublisher
    description: 'Application Insights takes telemetry from identities with this role only.'
  }
}

// Storage Blob Data Contributor
var blobDataContributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe')

resource filesOfAdministrator 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(administratorPrincipalId)) {
  name: guid(account.id, administratorPrincipalId, blobDataContributor)
  scope: account
  properties: {
    principalId: administratorPrincipalId
    principalType: administratorPrincipalType
    roleDefinitionId: blobDataContributor
    description: 'The administrator backs up and restores files.'
  }
}

resource tablesOfAdministrator 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(administratorPrincipalId)) {
  name: guid(account.id, administratorPrincipalId, tableDataContributor)
  scope: account
  properties: {
    principalId: administratorPrincipalId
    principalType: administratorPrincipalType
    roleDefinitionId: tableDataContributor
    description: 'The administrator backs up and restores tables.'
  }
}
