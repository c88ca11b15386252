// The channel: wakes from one instance to the others, and the live log to those who watch it. Hubs have fixed names, so each installation has a service of its own.

@description('Name of the service: 3 to 63 letters, digits and hyphens.')
@minLength(3)
@maxLength(63)
param name string

@description('Azure region.')
param location string

@description('Tags of the resource.')
param tags object

@description('Free_F1: 20 connections and 20,000 messages a day, then none until the next day. Standard_S1: 1,000 connections and 1,000,000 messages a day for each unit, more messages cost extra.')
@allowed(['Free_F1', 'Standard_S1'])
param sku string

@description('Units of Standard_S1. Free_F1 has one.')
@allowed([1, 2, 5, 10, 20, 50, 100])
param units int

resource service 'Microsoft.SignalRService/webPubSub@2024-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'WebPubSub'
  sku: {
    name: sku
    tier: sku == 'Free_F1' ? 'Free' : 'Standard'
    capacity: sku == 'Free_F1' ? 1 : units
  }
  properties: {
    disableLocalAuth: true // no access keys: the app comes with its identity, a browser with a token that the app asked for
    disableAadAuth: false
    publicNetworkAccess: 'Enabled' // browsers and devices' networks are not known
    tls: { clientCertEnabled: false }
  }

  resource hub 'hubs' = [
    for hub in ['wake', 'log']: {
      name: hub
      properties: { anonymousConnectPolicy: 'deny' }
    }
  ]
}
