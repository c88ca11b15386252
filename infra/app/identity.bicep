// The identity under which the app reaches everything else. It is a resource of its own, so that its roles exist before the app does.

@description('Name of the identity: 3 to 128 letters, digits, hyphens and underscores.')
param name string

@description('Azure region.')
param location string

@description('Tags of the resource.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
  tags: tags
}
