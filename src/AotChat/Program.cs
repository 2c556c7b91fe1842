System.Console.WriteLine("scaffold");
