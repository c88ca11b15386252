document.title = 'Murano.Serverless';
